// Uploading a file, with how far it has come and what went wrong.
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { sendFile } from '@/api/upload'
import { useSend } from './useSend'

export interface Sending {
  name: string
  /** What was sent of it; at 1 the server is at work. */
  share: number
}

export interface Upload<T> {
  sending: Readonly<ShallowRef<Sending | null>>
  busy: Readonly<Ref<boolean>>
  error: ShallowRef<unknown>
  /** The answer, or null where it went wrong. */
  upload: (url: string, file: File) => Promise<T | null>
}

export function useUpload<T>(): Upload<T> {
  const sending = shallowRef<Sending | null>(null)
  const { busy, error, send } = useSend()
  async function upload(url: string, file: File): Promise<T | null> {
    let answer: T | null = null
    await send(async () => {
      sending.value = { name: file.name, share: 0 }
      try {
        answer = await sendFile<T>(url, file, (share) => (sending.value = { name: file.name, share }))
      } finally {
        sending.value = null
      }
    })
    return answer
  }
  return { sending, busy, error, upload }
}
